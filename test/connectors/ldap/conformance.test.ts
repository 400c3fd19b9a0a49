import { credential_connector_conformance } from '../../conformance/credential_connector.ts';
import { mock_stage } from './mock_stage.ts';

credential_connector_conformance(mock_stage('openldap'));
credential_connector_conformance(mock_stage('active_directory'));
